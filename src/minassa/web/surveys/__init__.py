"""Pages of surveys: a firm answers on its telephone, non-response is followed, results are read under control."""
