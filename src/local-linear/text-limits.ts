import { invalidArgument } from './errors.ts'

/** Characters of an issue's description. The same limit is used for documents and comments. */
export const MAX_TEXT = 250_000

export function checkText(name: string, text: string | null | undefined): void {
  if (text && text.length > MAX_TEXT) {
    throw invalidArgument(`${name} must be shorter than or equal to ${MAX_TEXT} characters.`)
  }
}
