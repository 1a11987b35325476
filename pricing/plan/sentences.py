"""Every sentence the plan room says about bad input, once, by code.

A translation replaces a template and keeps its placeholders. `{where}` is the way to the field in
words, `{value}` the value as typed, `{kinds}`, `{names}` and `{nearest}` are words of the file.
"""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # --- frames ---------------------------------------------------------------------------------
    "problem": "{where}: {what}.",
    "refused.one": "{subject}: {problem}",
    "refused.many": "{subject}; {count} entries need correction:",
    "refused.more": "and {count} more",
    "entry": "entry {number}",
    "entry.for_class": "entry {number} ({name})",
    "subject.open": "{name} cannot be opened",
    "subject.save": "{name} was not saved",
    "subject.keep": "Unsaved work could not be kept for a recovery",
    "subject.plan": "This is no valid plan",
    "subject.edit": "Not changed",
    # --- numbers --------------------------------------------------------------------------------
    "too_small.between": "{value} is too small; {unit} between {low} and {high} are possible",
    "too_small.from": "{value} is too small; {unit} of {low} or more are possible",
    "too_small.above": "{value} is too small; {unit} above {low} are possible",
    "too_small.above_up_to": "{value} is too small; {unit} above {low}, up to {high} are possible",
    "too_large.between": "{value} is too large; {unit} between {low} and {high} are possible",
    "too_large.above_up_to": "{value} is too large; {unit} above {low}, up to {high} are possible",
    "not_finite": "{value} is not a finite number; enter an ordinary number",
    "not_a_number": "{value} is not a number; write digits without quotation marks",
    "not_a_whole_number": "{value} is not a whole number; write it without decimals and quotation "
    "marks",
    "not_a_switch": "{value} is neither true nor false",
    # --- texts and choices ----------------------------------------------------------------------
    "not_text": "{value} is not text; write it in quotation marks",
    "too_short_text": "empty; enter at least one character",
    "too_long_text": "{length} characters are too many; at most {high} fit",
    "broken_text": "{value} holds a character that cannot be written to a file",
    "pattern.identifier": "{value} is no id; possible are lower-case letters, digits, dot, dash "
    "and underscore, a letter or digit first",
    "pattern.name": "{value} is no name; one line with at least one visible character is needed",
    "pattern.text": "{value} holds a control character; remove it",
    "pattern.hash": "{value} is no SHA-256; 64 digits and letters from a to f are needed",
    "pattern.month": "{value} is no month; write year and month as in 2027-01",
    "not_a_date": "{value} is no date; write year, month and day as in 2026-11-22",
    "not_a_choice": "{value} is not known here; possible are {names}",
    "kind_missing": "missing; possible are {names}",
    "kind_unknown": "{value} is not known here; possible are {names}",
    # --- structure ------------------------------------------------------------------------------
    "missing": "missing; add {key}",
    "missing.described": "missing; add {key}: {description}",
    "figure_without_value": "the number is missing; add {key}",
    "unknown_key": "{key} is not known here; known are {names}",
    "unknown_key.nearest": "{key} is not known here; perhaps {nearest} is meant",
    "not_a_figure": "{value} is not a number; write one, or an object with a value and its source",
    "not_an_object": "{value} stands where an object in braces with {names} is needed",
    "not_a_list": "{value} stands where a list in square brackets is needed",
    "too_few": "{count} entries are too few; at least {low} are needed",
    "too_few.one": "none entered; at least one is needed",
    "too_many": "{count} entries are too many; at most {high} are possible",
    "repeated_key": "the key {key} is written twice; keep one of them",
    "impossible": "{value} is not possible here",
    # --- rules between fields -------------------------------------------------------------------
    "low_above_high": "{value} must lie between its low end ({low}) and its high end ({high})",
    "capacity_unstated": "state output_tokens_per_second or requests_per_hour of one server",
    "capacity_twice": "state either output_tokens_per_second or requests_per_hour, not both",
    "work_unstated": "state what one server does (capacity), or what runs on it (serving)",
    "work_twice": "goes without capacity: the work of a server is either stated or predicted",
    "maintenance_long": "{value} hours of maintenance per month leave too little service; possible "
    "are up to {most}",
    "capacity_input_alone": "goes with output_tokens_per_second only; remove it, or state that "
    "instead of requests_per_hour",
    "nothing_usable": "0 means that nothing of a server may be used; possible are shares above 0 "
    "and up to 1",
    "prices_unstated": "name a catalogue model (provider/model) or state the quoted prices",
    "ends_before_start": "{value} is not later than from_hour ({start}); possible are hours from "
    "{first} to 24",
    "weights_mean": "the {count} weights must have a mean of 1; theirs is {mean}",
    "bandwidth_slow": "{value} GB/s would take more than 10 seconds to read {memory} GB once; "
    "enter GB/s ({value} TB/s is {thousandfold} GB/s)",
    "heads_uneven": "{value} key-value heads cannot be shared evenly by {heads} attention heads; "
    "possible are divisors of {heads}",
    "head_dim_unstated": "missing; a width of {hidden} does not divide evenly by {heads} heads, so "
    "state the width of one head",
    "latent_incomplete": "missing; latent attention (kv_lora_rank) also needs qk_rope_dim, "
    "qk_nope_dim and v_head_dim",
    "experts_overrun": "{value} experts per token are more than the {experts} experts of a layer",
    "experts_incomplete": "missing; a model with experts needs experts_per_token and "
    "moe_intermediate",
    "dense_overrun": "{value} dense layers are more than the {layers} layers of the model",
    "width_unstated": "missing; {layers} layers have an ordinary feed-forward block, so state its "
    "width",
    "active_above_total": "{value} billion active parameters are more than the {total} billion of "
    "the whole model",
    "layers_overrun": "{sliding} layers with a sliding window and {linear} with linear attention "
    "are more than the {layers} layers of the model",
    "window_unstated": "missing; {layers} layers have a sliding window, so state its length in "
    "tokens",
    "id_twice": "the id {value} is used twice; ids must differ",
    "score_twice": "{value} has a score already; a model has one",
    "score_twice.class": "{value} has a score for {served} already; a model has one for each class",
    "unknown_class": "{value} is no request class of this plan; known are {names}",
    "class_twice": "{value} is named twice; name it once",
    "unknown_bridge": "{value} cannot be the bridge; a bridge is a token-priced option ({names})",
    "joint_unstated": "state both_right, or the correlation of the two models' right answers",
    "joint_twice": "goes without both_right: the joint correctness is stated in one way",
    "apgr_range": "{value} is no performance gap recovered; possible are shares above 0 and below "
    "1, where 0.5 is chance",
    "gain_range": "{value} is no gain of a score; possible are gains between 0 and 1",
    "recipe_of_one": "{value} is named twice; a recipe of two models needs two options",
    "months_fall": "{value} is not later than the month before it in the list ({before}); list "
    "months in rising order",
    "level_above_one": "{value} is too large; a score or a share is between 0 and 1",
    "hybrid_serves": "goes without serves: the routes of a hybrid say what it serves",
    "id_of_a_part": "{value} is what the part of {part} in {hybrid} is called; choose another id",
    "unknown_option": "{value} cannot answer requests; possible are the options {names}",
    "unknown_overflow": "{value} cannot take what servers leave; possible are token-priced options "
    "({names})",
    "unknown_fleet": "{value} has no servers to decide on; possible are {names}",
    "fleet_twice": "{value} has a fleet already; an option has one",
    "route_not_served": "{value} serves {names} only, not {served}; choose another option or let "
    "it serve {served} too",
    "failover_itself": "{value} cannot stand in for itself while it is down; choose another option",
    "vendors_impossible": "{value} vendors with at least {least} of the tokens each are more than "
    "all; up to {most} are possible, or enter a smaller least_vendor_share",
    "vendor_share_nothing": "0 means that no vendor may serve anything; possible are shares above "
    "0 and up to 1",
    "vendor_shares_crossed": "{value} is less than the share from which a vendor counts ({least}); "
    "enter at least that",
    "routes_above_all": "the routes of {value} take {total} % of its requests in month {month}; "
    "together they may take 100 % at most",
    "zones_above_all": "the zones of {value} hold {total} % of its requests together; 100 % are "
    "all of them",
    "unknown_baseline": "{value} is no option of this plan; known are {names}",
    # --- the file -------------------------------------------------------------------------------
    "file_missing": "there is no such file; check the name and the folder",
    "file_folder": "this is a folder; choose a plan file in it",
    "file_special": "this is no ordinary file; choose a .reckon file",
    "file_unreadable": "reading it is not permitted; ask its owner or copy it",
    "file_failed": "the system says: {reason}",
    "file_bad_name": "this cannot be the name of a file; choose another one",
    "file_huge": "it is {size} MB long; a plan has less than {limit} MB, so this is another file",
    "file_empty": "the file is empty; nothing was saved in it",
    "file_foreign": "this is {kind}, not a plan; choose a .reckon file",
    "file_encoding": "its text is not UTF-8 (byte {position}); save it as UTF-8 and open it again",
    "file_utf16": "its text is UTF-16; save it as UTF-8 and open it again",
    "file_truncated": "the text breaks off at line {line}, column {column}; the file is incomplete",
    "file_crowded": "no plan has that many entries; this is another file",
    "file_deep": "it is nested too deeply to be a plan",
    "file_not_object": "a plan is one object in braces, this file holds {value}",
    "file_not_plan": 'the first entries must be "format": "reckoner-plan" and "schema": {schema}',
    "file_schema": "{value} is no schema number; this version writes {schema}",
    "file_newer": "it was written by a newer version (schema {value}), this version reads up to "
    "{schema}; update the program (the file was not changed)",
    "file_migration": "it cannot be brought from schema {value} to {schema}; the file is damaged, "
    "it was not changed",
    "fault.value": "line {line}, column {column}: a value is missing or not written as JSON",
    "fault.comma": "line {line}, column {column}: a comma or closing bracket is missing before",
    "fault.colon": "line {line}, column {column}: a colon is missing after the key",
    "fault.key": "line {line}, column {column}: a key in double quotation marks must stand here, "
    "and no comma after the last entry",
    "fault.extra": "line {line}, column {column}: there is more text after the end of the plan",
    "fault.control": "line {line}, column {column}: a control character inside a text; remove it",
    "fault.escape": "line {line}, column {column}: this character cannot follow a backslash",
    "fault.other": "line {line}, column {column}: the text is not JSON",
    "save_folder_missing": "the folder {folder} does not exist; create it or choose another one",
    "save_folder_refused": "writing to the folder {folder} is not permitted; choose another one",
    "save_protected": "the file is write-protected; choose another name or lift the protection",
    "save_is_folder": "a folder has this name; choose another one",
    "save_special": "this is no ordinary file; choose another name",
    "save_huge": "it would be {size} MB long, above the {limit} MB that can be opened; cut notes",
    "save_full": "the disk is full; free some space or choose another place",
    "save_too_large": "the file may not grow that large here; choose another place",
    "save_read_only": "this place can only be read; choose another one",
    "save_long_name": "the name is too long; choose a shorter one",
    "save_loop": "its symbolic links lead in a circle; choose another name",
    # --- edits ----------------------------------------------------------------------------------
    "no_such_field": "{key} is not known here; known are {names}",
    "no_such_field.nearest": "{key} is not known here; perhaps {nearest} is meant",
    "no_such_item": "there is no {key}; known are {names}",
    "no_such_item.none": "there is no {key}; the list is empty",
    "nothing_there": "nothing is stated here yet; before {key}, state the whole",
    "nothing_inside": "there is no {key} in it; it holds {value}",
    "not_a_list_here": "it is no list; entries cannot be added, moved or removed",
    "not_an_entry": "{value} is no place in a list of {count}",
    "copy_name": "{name} copy",
    "copy_name.numbered": "{name} copy {number}",
    # --- what else an edit changed --------------------------------------------------------------
    "bridge_lost": "{where} has lost its bridge; what its servers cannot serve is now reported as "
    "unserved",
    "baseline_lost": "All options are now compared with the first one, {name}",
    "class_lost": "{where} no longer names the removed request class",
    "serves_all": "{where} served only the removed request class and now serves all",
    "class_joined": "{where} now serves {name} too, as it serves the original",
    "routes_lost": "{where} has lost the routes over the removed option; what took them is now "
    "reported as unserved",
    "overflow_lost": "{where} has lost its overflow; what its servers cannot serve is now reported "
    "as unserved",
    "failover_lost": "{where} has lost its failover; requests during outages are now reported as "
    "unserved",
    "recipes_lost": "{where} no longer hold the recipes with the removed option",
    "fleets_lost": "{where} has lost the servers decided on for the removed option",
    "routes_joined": "{where} now routes {name} as it routes the original",
}


def sentence(
    code: str, facts: Mapping[str, object], templates: Mapping[str, str] = SENTENCES
) -> str:
    """The sentence of a code with its facts filled in; a translation passes its own templates."""
    return templates.get(code, SENTENCES[code]).format_map(facts)
