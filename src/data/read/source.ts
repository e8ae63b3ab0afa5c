/** Where bytes come from. A source can be opened more than once: what cannot be read again is kept in memory. */
import { createHash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { createGunzip } from "node:zlib";
import { DataError } from "../error.ts";

export interface Source {
  /** For messages: the path as given, `stdin`, `memory`. */
  readonly label: string;
  /** For artifacts: without folders. */
  readonly name: string;
  /** Bytes, when known before reading. */
  readonly size?: number;
  /** The bytes in order. A chunk is valid until the next one is asked for. */
  open(): AsyncIterable<Uint8Array>;
}

/** Bytes of a chunk; smaller ones take longer to read. */
const CHUNK = 2 ** 20;

/** A file. @throws DataError when there is none, it is a folder, or it may not be read. */
export async function fileSource(at: string | URL): Promise<Source> {
  const path = at instanceof URL ? fileURLToPath(at) : at;
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  if (facts.isDirectory()) throw new DataError(`${path} is a folder; give the table file in it`);
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    const file = await open(path).catch((error: NodeJS.ErrnoException) => {
      throw unreadable(path, error);
    });
    try {
      const buffer = Buffer.allocUnsafeSlow(CHUNK);
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, CHUNK, null);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  };
  const source = { label: path, name: basename(path), open: chunks };
  return facts.isFile() ? { ...source, size: facts.size } : kept(source); // a pipe gives its bytes once
}

function unreadable(path: string, error: NodeJS.ErrnoException): DataError {
  if (error.code === "ENOENT") return new DataError(`${path}: no such file`);
  if (error.code === "EACCES" || error.code === "EPERM") return new DataError(`${path}: not allowed to read this file`);
  return new DataError(`${path}: cannot be read (${error.code ?? error.message})`);
}

/** Standard input. */
export function stdinSource(input: AsyncIterable<Uint8Array> = process.stdin): Source {
  return kept({ label: "stdin", name: "stdin", open: () => input });
}

export function bufferSource(bytes: Uint8Array, name = "memory"): Source {
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
  };
  return { label: name, name, size: bytes.length, open: chunks };
}

/** Keeps what is read, so that a source that gives its bytes once can be opened again. */
function kept(once: Source): Source {
  const held: Uint8Array[] = [];
  let rest: AsyncIterator<Uint8Array> | undefined;
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    for (let i = 0; ; i++) {
      if (i === held.length) {
        rest ??= once.open()[Symbol.asyncIterator]();
        const next = await rest.next();
        if (next.done === true) return;
        held.push(new Uint8Array(next.value));
      }
      yield held[i];
    }
  };
  return { ...once, open: chunks };
}

/** The unpacked bytes of a gzip source. @throws DataError while reading when they are damaged. */
export function gunzipped(packed: Source): Source {
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    const gunzip = createGunzip({ chunkSize: 2 ** 20 });
    const feed = async (): Promise<void> => {
      for await (const chunk of packed.open())
        if (!gunzip.write(new Uint8Array(chunk))) await new Promise((resume) => gunzip.once("drain", resume));
      gunzip.end();
    };
    const feeding = feed().catch((error: Error) => gunzip.destroy(error));
    try {
      yield* gunzip as AsyncIterable<Uint8Array>;
      await feeding;
    } catch (error) {
      throw new DataError(`${packed.label}: damaged gzip data (${(error as Error).message})`, { cause: error });
    } finally {
      gunzip.destroy();
    }
  };
  return { label: packed.label, name: packed.name, open: chunks };
}

/** The first bytes of a source, at most so many. */
export async function head(source: Source, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.open()) {
    parts.push(new Uint8Array(chunk.subarray(0, most - length)));
    length += parts[parts.length - 1].length;
    if (length >= most) break;
  }
  return Buffer.concat(parts);
}

/** A source that also counts and hashes what passes; read `facts` after it was read to the end. */
export function tapped(source: Source): { readonly source: Source; facts(): { bytes: number; sha256: string } } {
  let hash = createHash("sha256");
  let bytes = 0;
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    hash = createHash("sha256");
    bytes = 0;
    for await (const chunk of source.open()) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  return { source: { ...source, open: chunks }, facts: () => ({ bytes, sha256: hash.copy().digest("hex") }) };
}

/** A source without its first bytes. */
export function skipping(source: Source, count: number): Source {
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    let left = count;
    for await (const chunk of source.open()) {
      const rest = chunk.subarray(Math.min(left, chunk.length));
      left -= chunk.length - rest.length;
      if (rest.length > 0) yield rest;
    }
  };
  return { ...source, open: chunks };
}
