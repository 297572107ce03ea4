package fact

// What package report knows of indicators.

func topicOf(string) string { return "" }

func noteOf(string) string { return "" }

func canonicalName(name string) string { return name }
