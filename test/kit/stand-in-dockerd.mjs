// A daemon that reads daemon.json as dockerd does about its addresses and TLS, and answers the ping; starts in a tenth of a
// second and needs no root, so that a test can restart it hundreds of times:
//   node stand-in-dockerd.mjs --config-file FILE
// It ends where dockerd does: with a key of the configuration that it cannot use.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'

const words = process.argv.slice(2)
const valueOf = (flag) => words[words.indexOf(flag) + 1]
const config = JSON.parse(readFileSync(valueOf('--config-file'), 'utf8'))
const known = new Set(['hosts', 'labels', 'tls', 'tlsverify', 'tlscacert', 'tlscert', 'tlskey'])
for (const key of Object.keys(config)) if (!known.has(key)) throw new Error(`unknown key ${key}`)

const tls = config.tlsverify === true && {
  requestCert: true,
  rejectUnauthorized: true,
  ca: readFileSync(config.tlscacert),
  cert: readFileSync(config.tlscert),
  key: readFileSync(config.tlskey),
}

const answer = (request, response) => {
  response.writeHead(request.url?.endsWith('/_ping') ? 200 : 404, { 'Api-Version': '1.51' })
  response.end('OK')
}

for (const host of config.hosts) {
  const at = new URL(host)
  if (at.protocol === 'unix:') {
    // A socket that a killed process left behind.
    if (existsSync(at.pathname)) rmSync(at.pathname)
    createServer(answer).listen(at.pathname)
  } else (tls ? createTlsServer(tls, answer) : createServer(answer)).listen(Number(at.port), at.hostname)
}
