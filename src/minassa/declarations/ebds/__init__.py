"""CNSS e-BDS exchange files."""
