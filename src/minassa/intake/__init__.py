"""Files that firms send by the web: kept, checked, accepted into the lake. Its door is `minassa.intake.public`."""
