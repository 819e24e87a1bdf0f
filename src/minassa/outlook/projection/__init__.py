"""Where headcounts go until 2030 if nothing else changes: cells of filière and region, intervals, back-test, gap."""
