// A small server of static files, for ./dev run and for the tests.
//   node tools/serve.mjs [--root dist] [--port 8000] [--prefix /some/sub/] [--csp]
//   import { serve } from "./serve.mjs";  const { url, close } = await serve({ root: "dist", prefix: "/a/b/", csp: true });
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const kTypes = {
  ".css": "text/css; charset=utf-8",
  ".gz": "application/gzip",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".woff2": "font/woff2",
};

/** What the page promises to live with: nothing from elsewhere, no inline script, no eval. */
export const kStrictPolicy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; " +
  "object-src 'none'; base-uri 'none'; form-action 'none'";

/** The file a request asks for, or null: outside the prefix or the root, or not there. */
async function find(root, prefix, requested) {
  let name;
  try {
    name = decodeURIComponent(new URL(requested, "http://localhost").pathname);
  } catch {
    return null;
  }
  if (!name.startsWith(prefix) || name.includes("\0")) return null;
  let file = path.join(root, name.slice(prefix.length));
  if (file !== root && !file.startsWith(root + path.sep)) return null;
  let info = await stat(file).catch(() => null);
  if (info?.isDirectory() && name.endsWith("/")) {
    file = path.join(file, "index.html");
    info = await stat(file).catch(() => null);
  }
  return info?.isFile() ? { file, info } : null;
}

/**
 * Serves `root` under `prefix`. `csp` is true for the strict policy above, or a policy. Port 0 takes any free one. `first(request,
 * response)` may answer in place of a file: it resolves to whether it has.
 */
export async function serve({ root = "dist", prefix = "/", port = 0, csp = false, host = "127.0.0.1", first = null } = {}) {
  const folder = path.resolve(root);
  const base = `/${prefix}/`.replace(/\/+/g, "/");
  const server = createServer(async (request, response) => {
    if (await first?.(request, response)) return;
    const found = ["GET", "HEAD"].includes(request.method) ? await find(folder, base, request.url) : null;
    const headers = { "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff" };
    if (csp) headers["Content-Security-Policy"] = csp === true ? kStrictPolicy : csp;
    if (!found) {
      response.writeHead(404, { ...headers, "Content-Type": "text/plain; charset=utf-8" }).end("Not here.\n");
      return;
    }
    const tag = `"${found.info.size.toString(16)}-${found.info.mtimeMs.toString(16)}"`;
    headers.ETag = tag;
    if (request.headers["if-none-match"] === tag) {
      response.writeHead(304, headers).end();
      return;
    }
    headers["Content-Type"] = kTypes[path.extname(found.file)] ?? "application/octet-stream";
    headers["Content-Length"] = found.info.size;
    response.writeHead(200, headers);
    if (request.method === "HEAD") response.end();
    else createReadStream(found.file).on("error", () => response.destroy()).pipe(response);
  });
  await new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, host, done);
  });
  return {
    url: `http://${host}:${server.address().port}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections?.();
      }),
  };
}

async function main() {
  const { values } = parseArgs({
    options: {
      root: { type: "string", default: "dist" },
      port: { type: "string", default: "8000" },
      prefix: { type: "string", default: "/" },
      csp: { type: "boolean", default: false },
    },
  });
  try {
    const { url } = await serve({ ...values, port: Number(values.port) });
    console.log(`Kernelglass is at ${url.replace(/\/$/, values.prefix === "/" ? "" : "/")}  (Ctrl+C ends it)`);
  } catch (error) {
    const reason = error.code === "EADDRINUSE" ? "another program uses it" : error.message;
    console.error(`Port ${values.port} cannot be opened: ${reason}. Take another with --port N.`);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
