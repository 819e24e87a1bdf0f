"""The API of the platform, described by `openapi.json` beside this page: thin, over the doors of the packages below."""
