import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { RemoteConnection } from './tunnel.js'

/** What a runtime says about a failed connection is short. */
const LARGEST_MESSAGE = 16 * 1024
/** A local program that keeps on sending when nobody listens is given this long to notice. */
const LINGER = 5_000

/**
 * Passes bytes both ways until both halves are closed; each half closes by itself. Resolves with what the other side
 * says went wrong, or undefined. The server ends the error stream when forwarding is over: nobody reads after that.
 */
export async function joinSockets(local: Socket, remote: RemoteConnection): Promise<string | undefined> {
  const { data, error } = remote
  const over = readMessage(error)
  local.pipe(data)
  data.pipe(local)
  const cut = new Promise<string | undefined>((resolve) => {
    local.on('error', () => {
      data.destroy()
      resolve(undefined)
    })
    local.on('close', () => {
      // What was read before both halves closed is still on its way to the pod.
      if (local.readableEnded && local.writableFinished) return
      data.destroy()
      resolve(undefined)
    })
    data.on('error', (reason: Error) => {
      cutOff(local)
      resolve(reason.message)
    })
  })
  const message = await Promise.race([cut, finished(over, data)])
  error.destroy()
  if (message !== undefined) cutOff(local)
  else drain(local)
  data.destroy()
  return message
}

/** Forwarding is over when the error stream has ended: with a message at once, without one when all data has arrived. */
async function finished(over: Promise<string>, data: Readable): Promise<string | undefined> {
  const message = await over
  if (message !== '') return message
  if (!data.readableEnded && !data.destroyed) {
    await new Promise<void>((resolve) => {
      data.once('end', resolve)
      data.once('close', resolve)
    })
  }
  return undefined
}

function readMessage(error: Readable): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    error.on('data', (chunk: Buffer) => {
      if (text.length < LARGEST_MESSAGE) text += chunk.toString('utf8')
    })
    error.on('end', () => resolve(text))
    error.on('error', () => resolve(text))
    error.on('close', () => resolve(text))
  })
}

/** Everything has arrived; what the local program still sends goes nowhere. Closing with it unread would be a reset. */
function drain(local: Socket): void {
  if (local.destroyed) return
  local.unpipe()
  local.end()
  local.resume()
  const limit = setTimeout(() => local.destroy(), LINGER)
  local.once('close', () => clearTimeout(limit))
}

/** A reset says that it was no regular end. Node cannot reset what it is ending already: its process would never exit. */
function cutOff(local: Socket): void {
  if (local.writableEnded) local.destroy()
  else local.resetAndDestroy()
}
