package web

import (
	"connex/casework"
	"connex/store"
)

// ExpertForm is what the roster asks of an expert, on the page and in JSON.
func ExpertForm() casework.Form {
	return casework.Form{Fields: []casework.Field{
		{Name: "name", Type: casework.Text, Required: true}, {Name: "email", Type: casework.Email, Required: true},
		{Name: "disciplines", Type: casework.Choices, Options: casework.Options(casework.Disciplines)},
		{Name: "languages", Type: casework.Choices, Options: casework.Options(casework.ContactLanguages)},
		{Name: "commodities", Type: casework.Choices, Options: casework.Options(casework.Resources)},
		{Name: "countries", Type: casework.Choices, Options: casework.Options(casework.Countries)},
		{Name: "available", Type: casework.Bool},
	}}
}

// ExpertIn is the expert that a filled form describes. Who is not said to be away is available.
func ExpertIn(v casework.Values) store.Expert {
	available, said := v["available"].(bool)
	return store.Expert{Name: v.String("name"), Email: v.String("email"), Disciplines: v.Strings("disciplines"), Languages: v.Strings("languages"),
		Countries: v.Strings("countries"), Commodities: v.Strings("commodities"), Available: available || !said}
}
