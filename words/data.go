package words

import (
	"maps"
	"reflect"
	"strconv"
)

// dataOf makes one thing for the template of what T was given.
func dataOf(data []any) any {
	if len(data) == 0 {
		return nil
	}
	if _, pairs := data[0].(string); !pairs {
		return data[0]
	}
	values := make(map[string]any, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		if name, ok := data[i].(string); ok {
			values[name] = data[i+1]
		}
	}
	return values
}

// grouped has a large Count written as the reader writes numbers: it is one among the values of a sentence.
func (w *Words) grouped(data any) any {
	values, pairs := data.(map[string]any)
	if count, whole := values["Count"].(int); pairs && whole && count >= 1000 {
		values = maps.Clone(values)
		values["Count"] = w.Number(count)
		return values
	}
	return data
}

// countIn finds the Count that selects the plural form, nil where there is none.
func countIn(data any) any {
	v := reflect.Indirect(reflect.ValueOf(data))
	switch v.Kind() {
	case reflect.Map:
		if v.Type().Key().Kind() != reflect.String {
			return nil
		}
		v = v.MapIndex(reflect.ValueOf("Count").Convert(v.Type().Key()))
	case reflect.Struct:
		v = v.FieldByName("Count")
	default:
		return nil
	}
	return countOf(v)
}

// countOf is what the plural rules take: a whole number, or another one as it is written. JSON's numbers are floats.
func countOf(v reflect.Value) any {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch {
	case !v.IsValid():
		return nil
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return int64(v.Uint())
	case v.CanFloat():
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	}
	return nil
}
