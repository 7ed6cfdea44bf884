"""What the workspace works out, one file a concept. Its pages are in `trials.views.workspace`."""
