/** The slug under which a registry lists a project, from its name: lower-case words with hyphens. */
export function projectSlug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
