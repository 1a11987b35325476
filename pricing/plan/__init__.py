"""The plan: what the buyer entered, checked as a whole, and its file.

The models (`plan`, `workload`, `option`, `capacity`, `figure`) are frozen and strict; their fields
are described by docstrings. Around them: `file` reads and writes `.reckon`, `edit` changes a plan
field by field, `recovery` keeps unsaved work, `schema` is the JSON Schema for editors,
`problems` and `sentences` say what is wrong and what would be right, `migrations` open old files.

Public names: `load_plan`, `parse_plan`, `plan_text`, `save_plan`, `validate_document`,
`PlanFileError` (all in `file`), `edited`, `value_at`, `EditError` (in `edit`), `Plan`, `SCHEMA`.
Nothing is imported here, so that a reader of one model pays for that model only.
"""
