"""Words of the page that tells how good the predictions are."""

from typing import Final

OPENING: Final = """\
# How good the predictions are

This page is made by `make serving-score`; nobody writes its figures by hand. The measurements are
{rows:,} published configurations (newest: {date}; `measurements.csv`, SHA-256 `{sha256}…`). All of
them are used; none is left out for being far off.

Errors are absolute, of output tokens per second of the whole system, over what was measured. Bias
is the geometric mean of predicted over measured: + promises too much. *In interval* is the share of
measurements inside the 80 % interval that Reckoner shows.

Every figure is of rows that the fit had not seen. Single rows are never held out: rows of the same
source, model and accelerator are too much alike for that. The form of the model and the widths of
its beliefs were chosen while looking at such scores, so they flatter somewhat; another division
into folds gives a median within half a point."""

HELD_OUT: Final = """\
*Groups held out*: the fit had no row of this source with this model on this accelerator. This is
what to expect where the accelerator family and the software were measured.

*Whole sources held out*: the fit had nothing of the source. This is what to expect of a stack that
nobody measured. Some software is in one source only, such as that of 2024 on AMD accelerators (719
rows): without it nothing tells how slow it was. The line *software in other sources* leaves such
rows out."""

OTHER_TOOLS: Final = """\
aiconfigurator is built from benchmarks of kernels and was not fitted to these rows, so whole
sources held out is the fair comparison. Other tools were run once, for a study of November 2026. A
roofline is what data sheets promise without any loss."""

OWN: Final = """\
Simulated: of rows predicted without their group, some of each stack are taken for the buyer's own,
and the others are predicted with them."""

FURTHER: Final = """\
Their licences do not let them be passed on, so the fit has not seen them. (They were among the rows
on which the form of the model was tried out.)"""
