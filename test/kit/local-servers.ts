import { createServer as createHttp, type RequestListener } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import type { TlsOptions } from 'node:tls'

/** Servers on loopback ports of their own, all ended by `close`. */
export class LocalServers {
  private readonly open: { server: Server; sockets: Set<Socket> }[] = []

  /** Plain HTTP; gives the port. */
  http(listener: RequestListener): Promise<number> {
    return this.listen(createHttp(listener))
  }

  /** HTTP over TLS. */
  https(options: TlsOptions, listener: RequestListener): Promise<number> {
    const server = createHttps(options, listener)
    // A handshake that fails is what is tested, no error of the server.
    server.on('tlsClientError', () => undefined)
    return this.listen(server)
  }

  /** Whatever the function does with a connection. */
  tcp(onSocket: (socket: Socket) => void): Promise<number> {
    return this.listen(createTcp(onSocket))
  }

  /** A port on which nothing listens. */
  async unused(): Promise<number> {
    const server = createTcp()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    return port
  }

  async close(): Promise<void> {
    for (const { server, sockets } of this.open.splice(0)) {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    }
  }

  private async listen(server: Server): Promise<number> {
    const sockets = new Set<Socket>()
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    this.open.push({ server, sockets })
    return (server.address() as AddressInfo).port
  }
}
