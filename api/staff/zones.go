package staff

// timeZones are those that people can choose: where the Secretariat, the board and most of the governments are. The list
// of all has six hundred names, many of them for the same time.
var timeZones = []string{
	"Europe/Berlin", "UTC",
	"Africa/Abidjan", "Africa/Accra", "Africa/Addis_Ababa", "Africa/Algiers", "Africa/Cairo", "Africa/Casablanca", "Africa/Conakry", "Africa/Dakar",
	"Africa/Dar_es_Salaam", "Africa/Freetown", "Africa/Harare", "Africa/Johannesburg", "Africa/Kampala", "Africa/Khartoum", "Africa/Kigali",
	"Africa/Kinshasa", "Africa/Lagos", "Africa/Libreville", "Africa/Blantyre", "Africa/Luanda", "Africa/Lubumbashi", "Africa/Lusaka", "Africa/Maputo",
	"Africa/Monrovia", "Africa/Nairobi", "Africa/Niamey", "Africa/Nouakchott", "Africa/Ouagadougou", "Africa/Tunis", "Africa/Windhoek",
	"America/Bogota", "America/Buenos_Aires", "America/Chicago", "America/Denver", "America/Guatemala", "America/Guayaquil", "America/Guyana",
	"America/La_Paz", "America/Lima", "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Panama", "America/Paramaribo",
	"America/Santiago", "America/Santo_Domingo", "America/Sao_Paulo", "America/Toronto",
	"Asia/Almaty", "Asia/Amman", "Asia/Baku", "Asia/Bangkok", "Asia/Bishkek", "Asia/Dhaka", "Asia/Dubai", "Asia/Dushanbe", "Asia/Hong_Kong",
	"Asia/Jakarta", "Asia/Kabul", "Asia/Karachi", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Manila", "Asia/Phnom_Penh", "Asia/Riyadh", "Asia/Shanghai",
	"Asia/Singapore", "Asia/Tashkent", "Asia/Tbilisi", "Asia/Tokyo", "Asia/Ulaanbaatar", "Asia/Vientiane", "Asia/Yangon", "Asia/Yerevan",
	"Australia/Perth", "Australia/Sydney",
	"Europe/Athens", "Europe/Belgrade", "Europe/Brussels", "Europe/Bucharest", "Europe/Chisinau", "Europe/Dublin", "Europe/Helsinki", "Europe/Istanbul",
	"Europe/Kyiv", "Europe/Lisbon", "Europe/London", "Europe/Madrid", "Europe/Moscow", "Europe/Oslo", "Europe/Paris", "Europe/Rome", "Europe/Stockholm",
	"Europe/Vienna", "Europe/Warsaw", "Europe/Zurich",
	"Indian/Antananarivo", "Pacific/Auckland", "Pacific/Fiji", "Pacific/Guadalcanal", "Pacific/Port_Moresby",
}
