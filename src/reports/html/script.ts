import { FILTERS_SCRIPT } from './filters-script.js'
import { ROWS_SCRIPT } from './rows-script.js'

/** What the page begins with: its data, what is being looked for, and the words of each finding for the search. */
const STATE_SCRIPT = `'use strict'
const data = JSON.parse(document.getElementById('data').textContent)
const texts = data.texts
const findings = data.findings
const STEP = 100
const PRINTED = 500
const byId = (id) => document.getElementById(id)
const state = { q: '', show: 'fail', severity: new Set(), check: '', place: '', shown: STEP }
let matching = []

findings.forEach((finding, index) => {
  finding.index = index
  finding.words = [finding.check, texts[finding.title], finding.target, finding.place, finding.area, finding.message]
    .concat(finding.evidence.map((evidence) => evidence.place)).join(' ').toLowerCase()
})
`

/** The page's whole script, which runs as it stands here: nothing translates or bundles it. */
export const SCRIPT = [STATE_SCRIPT, ROWS_SCRIPT, FILTERS_SCRIPT].join('\n')
