"""Pages of control: claims to look at by risk, what was found, contests to answer, draws that anyone can do again."""
