/** Reports of a benchmark's result: text, JSON, CSV and HTML. Pure, as all reports. */
export { renderBenchmarkText, type BenchmarkTextOptions } from './render-benchmark-text.js'
export { BENCHMARK_FORMAT, streamBenchmarkJson } from './render-benchmark-json.js'
export { renderBenchmarkCsv } from './render-benchmark-csv.js'
export { renderBenchmarkHtml } from './render-benchmark-html.js'
