"""The employee's right to know: what is claimed in his or her name; the letters by which the firm gives the codes."""
