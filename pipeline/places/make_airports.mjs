// Makes airports.csv from the npm package airport-data-js 4.0.0 (CC BY 4.0, see NOTICE):
//   npm install airport-data-js@4.0.0 && node pipeline/places/make_airports.mjs > pipeline/places/airports.csv
// Corrections are listed here and in the head of the CSV.
import {createRequire} from 'node:module';

const require = createRequire(process.cwd() + '/');
const airports = require('airport-data-js');

// Alpha-2 codes that the package uses, to the alpha-3 codes of ISO 3166-1; Kosovo (XK there) is RKS in ICAO 9303.
const regions = ['AF', 'AN', 'AS', 'EU', 'NA', 'OC', 'SA'];
const zones = {'Asia/ Bangkok': 'Asia/Bangkok'};  // KKM

const known = new Set(Intl.supportedValuesOf('timeZone'));
const loads = (zone) => {
  try {
    new Intl.DateTimeFormat('en', {timeZone: zone});
    return known.has(zone) || zone.includes('/');
  } catch {
    return false;
  }
};

const rows = new Map();
for (const continent of regions) {
  for (const airport of await airports.getAirportByContinent(continent)) {
    const {iata, icao, country_code: country} = airport;
    if (!/^[A-Z]{3}$/.test(iata || '') || !/^[A-Z]{2}$/.test(country || '')) continue;
    const zone = zones[airport.time] || airport.time;
    if (!loads(zone)) {
      console.error(`left out ${iata}: zone ${zone}`);
      continue;
    }
    rows.set(iata, `${iata},${/^[A-Z0-9]{4}$/.test(icao || '') ? icao : ''},${country},${zone}`);
  }
}
console.log('# IATA code, ICAO code, country (ISO 3166-1 alpha-2; XK is Kosovo), time zone.');
console.log('# Made from airport-data-js 4.0.0 (CC BY 4.0, see NOTICE) by make_airports.mjs. The zone of KKM is corrected.');
for (const iata of [...rows.keys()].sort()) console.log(rows.get(iata));
