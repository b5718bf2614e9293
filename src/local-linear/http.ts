import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './execute.ts'

/** Largest request body, in bytes. */
export const MAX_BODY = 10 * 1024 * 1024

/** The whole body as text. Undefined when it is larger than Linear accepts. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MAX_BODY) chunks.push(chunk)
  }
  return size > MAX_BODY ? undefined : Buffer.concat(chunks).toString('utf8')
}

export function sendJson(response: ServerResponse, { status, headers, body }: Answer): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { ...headers, 'Content-Type': 'application/json; charset=utf-8' })
  response.end(text)
}

export function sendHtml(response: ServerResponse, status: number, title: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=UTF-8' })
  response.end(
    `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  )
}
