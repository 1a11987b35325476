"""The plan: what the buyer entered, checked as a whole, and its file.

The models (`plan`, `workload`, `option`, `capacity`, `figure`) are frozen and strict; their fields
are described by docstrings. Around them stand

- `file`: `load_plan`, `parse_plan`, `plan_text`, `save_plan`, `PlanFileError`; `document` the same
  without text: `plan_document`, `validate_document`;
- `edit`: `edited`, `value_at`, `with_item_added`, `with_item_removed`, `with_item_moved`,
  `with_item_duplicated`, `fresh_id`, `EditError`;
- `recovery`: `Recovery` keeps unsaved work through a crash;
- `schema`: `plan_schema`, the JSON Schema of a file written by hand;
- `problems`: `Problem` and `PlanError`, the base of both errors; `sentences` and `labels` hold
  every word they say, for translators;
- `migrations`: old files open forever. A file leaves out what equals its default, so a changed
  default needs a migration as much as a renamed field does.

Nothing is imported here: a reader of one model pays for that model only.
"""
