"""The National Reference of Digital and Offshoring Skills: browsed, searched, compared, printed, taken away."""
