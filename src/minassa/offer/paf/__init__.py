"""PAF: a premium for training, a share of pay during the first years in post of each new recruit."""
