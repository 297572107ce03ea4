package bleve

import "sync"

// kept holds what is costly to find again, up to a number of bytes. It has a
// young and an old half: what is used goes to the young one, and when that is
// full the old one is dropped. It is safe for concurrent use.
type kept[V any] struct {
	// most is the number of bytes that both halves may take.
	most int
	size func(V) int

	mu         sync.Mutex
	young, old map[string]V
	taken      int // by the young half
}

// perEntry is what an entry takes beside its value and key, in bytes.
const perEntry = 128

func newKept[V any](most int, size func(V) int) *kept[V] {
	return &kept[V]{most: most, size: size, young: map[string]V{}}
}

func (k *kept[V]) get(key string) (v V, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if v, ok = k.young[key]; ok {
		return v, true
	}
	if v, ok = k.old[key]; ok {
		k.add(key, v)
	}
	return v, ok
}

func (k *kept[V]) put(key string, v V) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.young[key]; !ok {
		k.add(key, v)
	}
}

func (k *kept[V]) add(key string, v V) {
	size := k.size(v) + len(key) + perEntry
	if size > k.most/4 {
		return // it would push out everything else
	}
	if k.taken+size > k.most/2 {
		k.old, k.young, k.taken = k.young, map[string]V{}, 0
	}
	k.young[key] = v
	k.taken += size
}
