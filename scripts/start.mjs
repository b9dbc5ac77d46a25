// npm start: installs what is missing, builds what is old, and audits the example estate.
import { ensureInstalled } from './ensure-installed.mjs'
import { run } from './run-command.mjs'

ensureInstalled()
const built = run(process.execPath, ['scripts/build.mjs'])
process.exitCode =
  built === 0
    ? run(process.execPath, ['dist/cli.js', 'audit', 'examples/estate', '--fail-on', 'none'])
    : built
