package indexer

import "youju/report"

func tagPlaces(*report.Document, *report.Item) {}
func tagTopics(*report.Document, *report.Item) {}
