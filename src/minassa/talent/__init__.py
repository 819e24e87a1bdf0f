"""Skills and talents: what people can do, what firms need, and the seats that bring one to the other; the ILO's STED method, stage by stage."""
