"""Statistical disclosure control: what may be told of a table without telling what one firm or one person is."""
