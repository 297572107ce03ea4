package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
)

// fill gives every field a value of its own.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("甲<", *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 2)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"year": "text"}))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic(v.Kind())
	}
}

// TestWire writes documents and reads them back: nothing is lost, and a part
// is written within its document as it is alone.
func TestWire(t *testing.T) {
	var d Document
	fill(reflect.ValueOf(&d).Elem(), new(int))
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back Document
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, d) {
		t.Errorf("%v: came back as %+v, was %+v", err, back, d)
	}
	for _, part := range []any{d.Items[1], d.Items[0].Figures[1], d.Items[0].Mentions[0], d.Place, d.Source} {
		alone, err := json.Marshal(part)
		if err != nil || !bytes.Contains(b, alone) {
			t.Errorf("%v: %s is written otherwise within its document", err, alone)
		}
	}
	const empty = `{"id":"","kind":"","title":"","number":null,"place":{"province":null,"city":null,"county":null,"code":null},"issuer":null,"year":null,"review_year":null,"plan_year":null,"date":null,"speaker":null,"source":{"file":"","format":"","sha256":"","size":0,"pages":null,"url":null,"publisher":null,"licence":null,"origins":null,"evidence":null,"weak":[],"left_out":0,"digest":null,"repairs":[],"missing":[]},"sections":[],"items":[],"problems":[]}`
	if b, err := json.Marshal(Document{}); err != nil || string(b) != empty {
		t.Errorf("%v: an empty document is %s", err, b)
	}
}
