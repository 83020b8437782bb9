package codec

// The formats of values.
const (
	Format         = format
	FormatSummary  = formatSummary
	FormatAnswered = formatAnswered
	FormatUnsaid   = formatUnsaid
)
