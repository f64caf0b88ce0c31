"""What other modules may use of numbering."""

from lingqu.modules.numbering.draw import draw_numbers

__all__ = ["draw_numbers"]
