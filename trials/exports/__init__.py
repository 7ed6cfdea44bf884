"""Lists as files: `listings` says which, a module of columns what each holds, `forms` how they are written."""
