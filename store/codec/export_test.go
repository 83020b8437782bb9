package codec

// The formats of values.
const (
	Format        = format
	FormatSummary = formatSummary
	FormatUnsaid  = formatUnsaid
)
