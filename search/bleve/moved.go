package bleve

// moved tells under which ID a document is found that bore another one in the
// generation before: its file is the same, and is read as another kind, place
// or year now. Chains are followed; an ID that is in use again leads nowhere.
func moved(before *Manifest, sources []Source) map[string]string {
	live, files := map[string]bool{}, map[string][]SourceDocument{}
	for _, s := range sources {
		for _, d := range s.Documents {
			live[d.ID] = true
		}
		files[s.SHA256] = s.Documents
	}
	out := map[string]string{}
	for _, s := range before.Sources {
		now := files[s.SHA256]
		for i, d := range s.Documents {
			if !live[d.ID] && len(now) == len(s.Documents) {
				out[d.ID] = now[i].ID
			}
		}
	}
	for old, to := range before.Moved {
		if next, ok := out[to]; ok {
			to = next
		}
		if !live[old] && live[to] && out[old] == "" {
			out[old] = to
		}
	}
	return out
}
