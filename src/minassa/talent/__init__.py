"""Skills and talents: what people can do, what firms need, and seats between both; the ILO's STED, stage by stage."""
