// server.mjs: a server of its own for a test, and ways to speak with it: whole requests, and bare bytes on a socket.
// SPDX-License-Identifier: MIT
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";

export const entente = process.env.ENTENTE;
export const folder = mkdtempSync(path.join(os.tmpdir(), "entente-serve-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

export class Server {
  static async start(...words) {
    const server = new Server();
    server.child = spawn(entente, ["serve", "--port", "0", ...words], { stdio: ["ignore", "pipe", "pipe"] });
    server.stderr = "";
    server.child.stderr.on("data", (data) => (server.stderr += data));
    server.ended = new Promise((resolve) => server.child.on("exit", (code, signal) => resolve({ code, signal })));
    const line = await new Promise((resolve, reject) => {
      let out = "";
      server.child.stdout.on("data", (data) => {
        out += data;
        if (out.includes("\n")) resolve(out.trim());
      });
      server.ended.then((how) => reject(new Error(`no server: ${JSON.stringify(how)} ${server.stderr}`)));
    });
    server.url = new URL(line);
    return server;
  }

  // {method, headers, body} -> {status, headers, text, json}
  ask(target, { method = "GET", headers = {}, body, type = "application/json" } = {}) {
    const bytes = body === undefined ? undefined : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
    const all = bytes ? { "Content-Type": type, "Content-Length": bytes.length, ...headers } : headers;
    return new Promise((resolve, reject) => {
      const request = http.request({ host: this.url.hostname, port: this.url.port, path: target, method, headers: all, agent: false }, (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const data = Buffer.concat(chunks), text = data.toString("utf8");
          const json = /json/.test(response.headers["content-type"] ?? "") && text ? JSON.parse(text) : undefined;
          resolve({ status: response.statusCode, headers: response.headers, data, text, json });
        });
      });
      request.on("error", reject);
      request.end(bytes);
    });
  }

  api(target, options) {
    return this.ask(`/api/v1/${target}`, options);
  }

  post(target, body, options = {}) {
    return this.api(target, { method: "POST", body, ...options });
  }

  // Bare bytes; what comes back until the head of an answer is whole or the server closes, as it does with who is silent: nobody
  // else ends the wait, so that "nothing came back" is the server's word.
  bytes(text) {
    return new Promise((resolve) => {
      const socket = net.connect(Number(this.url.port), this.url.hostname);
      let back = "";
      const end = () => {
        socket.destroy();
        resolve(back);
      };
      socket.on("data", (data) => {
        back += data;
        if (back.includes("\r\n\r\n")) end();
      });
      socket.on("close", end);
      socket.on("error", end);
      socket.on("connect", () => socket.write(text));
    });
  }

  // Server-sent events until the stream ends.
  events(target, each = () => {}) {
    return new Promise((resolve, reject) => {
      const found = [];
      http.get({ host: this.url.hostname, port: this.url.port, path: target, agent: false }, (response) => {
        let rest = "";
        response.on("data", (data) => {
          rest += data;
          for (let end; (end = rest.indexOf("\n\n")) >= 0; rest = rest.slice(end + 2)) {
            const lines = rest.slice(0, end).split("\n");
            const field = (name) => lines.find((l) => l.startsWith(`${name}: `))?.slice(name.length + 2);
            if (!field("event")) continue;
            const event = { event: field("event"), data: JSON.parse(field("data")) };
            found.push(event);
            each(event);
          }
        });
        response.on("end", () => resolve(found));
        response.on("error", reject);
      }).on("error", reject);
    });
  }

  kill(signal = "SIGTERM") {
    this.child.kill(signal);
    return this.ended;
  }

  // Resident memory in MB.
  async memory() {
    const { readFileSync } = await import("node:fs");
    return Number(readFileSync(`/proc/${this.child.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]) / 1024;
  }
}

export const steel = (percent = 25) => `name: Steel\nactions:\n  - duty: {importer: USA, exporter: CHN, sector: ELE, add: ${percent}%}\n`;
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
