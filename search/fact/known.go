package fact

import "youju/report"

// What package report knows of indicators.

func topicOf(name string) string {
	known, _, _ := report.Indicators().Lookup(name, "")
	return known.Topic
}

// noteOf tells what changed or differs in an indicator's definition.
func noteOf(name string) string {
	known, _, _ := report.Indicators().Lookup(name, "")
	return known.Note
}

// canonicalName is the name an indicator is listed under by any of its names.
func canonicalName(name string) string {
	if known, _, ok := report.Indicators().Lookup(name, ""); ok {
		return known.Name
	}
	return name
}
