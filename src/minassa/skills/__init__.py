"""The reference of skills as people keep it: proposals, what is said of them, decisions, dated versions."""
