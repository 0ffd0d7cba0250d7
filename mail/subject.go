package mail

import (
	"regexp"
	"strings"
)

// What mail programs put before the subject of an answer or of a mail that is passed on, in the languages of those who
// write to us and of their embassies; some count (Re[2]:), some leave a space before the colon.
var prefixes = regexp.MustCompile(`(?i)^\s*(?:` + strings.Join([]string{
	`re|fwd?|fw`,                 // English and most others
	`aw|antw|antwort|wg`,         // German
	`rép|réf|tr|ré`,              // French
	`rv|res|enc|respuesta|reenv`, // Spanish, Portuguese
	`sv|vs|vb|vl|vedr`,           // the north
	`rif|r|i|inoltra`,            // Italian
	`antwoord|doorst|betr`,       // Dutch
	`odp|pd|vá|továbbítás`,       // Polish, Hungarian
	`ynt|ilt|ytn|cvp`,            // Turkish
	`απ|σχετ|πρθ`,                // Greek
	`отв|ответ|пересл|ha|на|відп`, // Russian, Ukrainian
	`رد|إعادة توجيه|تحويل|پاسخ`,   // Arabic, Persian
	`השב|הועבר`,      // Hebrew
	`回复|答复|转发|回覆|轉寄`, // Chinese
	`bls|trs|balas`,  // Indonesian
	`tl|ct`,          // Vietnamese
}, "|") + `)\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[::]\s*`)

// Marks that gateways put before the subject of mail from outside.
var outside = regexp.MustCompile(`(?i)^\s*(?:\[(?:ext|extern|external|external sender|externe|externo|spam|caution)\]|(?:external|externe):)\s*`)

// WithoutPrefixes is the subject as it was before anybody answered or passed it on.
func WithoutPrefixes(subject string) string {
	for {
		shorter := outside.ReplaceAllString(prefixes.ReplaceAllString(subject, ""), "")
		if shorter == subject || strings.TrimSpace(shorter) == "" {
			return strings.TrimSpace(subject)
		}
		subject = shorter
	}
}
