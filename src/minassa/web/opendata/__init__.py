"""Open data: what may be taken away, its versions, the catalogue, and how we stand on a disclosure grid."""
