"""The National Reference of Digital and Offshoring Skills: occupations, skills and levels, in our own words."""
