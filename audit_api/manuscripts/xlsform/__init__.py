"""XLSForm, the form format of ODK and Kobo, read as checklists by way of pyxform."""
