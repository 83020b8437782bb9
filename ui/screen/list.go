package screen

import (
	"hark/ui/keymap"
	"hark/ui/widget"
)

// The actions of every list and page. A screen binds keys to them.
const (
	Up       keymap.Action = "list.up"
	Down     keymap.Action = "list.down"
	PageUp   keymap.Action = "list.pageup"
	PageDown keymap.Action = "list.pagedown"
	Top      keymap.Action = "list.top"
	Bottom   keymap.Action = "list.bottom"
)

// Move moves in a list, if the action is one of those, and reports whether it is.
func Move(list *widget.Scroller, action keymap.Action) bool {
	switch action {
	case Up:
		list.Move(-1)
	case Down:
		list.Move(1)
	case PageUp:
		list.Page(-1)
	case PageDown:
		list.Page(1)
	case Top:
		list.Home()
	case Bottom:
		list.End()
	default:
		return false
	}
	return true
}
