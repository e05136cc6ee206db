// The segments of EDIFACT files as the npm package `edifact` reads them: a line of JSON a file,
// [[tag, [[component, ...], ...]], ...], or {"error": "..."}. NODE_PATH says where the package is.
'use strict'

const fs = require('fs')
const Parser = require('edifact/parser.js')

function segmentsOf (text) {
  const segments = []
  let elements
  let components
  const parser = new Parser()
  parser.encoding('UNOY')
  parser.onopensegment = tag => segments.push([tag, elements = []])
  parser.onelement = () => elements.push(components = [])
  parser.oncomponent = data => components.push(data)
  parser.write(text)
  parser.end()
  return segments
}

for (const file of process.argv.slice(2)) {
  try {
    console.log(JSON.stringify(segmentsOf(fs.readFileSync(file, 'utf8'))))
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }))
  }
}
