// First step of action.yml: installs and builds Rampart from the action's own checkout.
import { ensureInstalled } from '../ensure-installed.mjs'
import { run } from '../run-command.mjs'

ensureInstalled()
process.exitCode = run(process.execPath, ['scripts/build.mjs'])
