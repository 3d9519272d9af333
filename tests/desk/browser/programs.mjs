// SPDX-License-Identifier: GPL-3.0-or-later
// The programs as people run them, and a browser that looks at their pages.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const SOURCE = process.env.BROADSHEET_SOURCE ?? join(dirname(fileURLToPath(import.meta.url)), "../../..");
const BIN = process.env.BROADSHEET_BIN ?? join(SOURCE, "build/bin");

// Starts a program, and returns it once it has said where it listens.
async function startListening(name, args) {
  const child = spawn(join(BIN, name), args, { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const said = line.match(/listening on (?:http:\/\/)?([^/\s]+)/);
    if (said !== null) return { child, address: said[1] };
  }
  throw new Error(`${name} did not start`);
}

async function stop(child) {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const status = await ended;
  if (status !== 0) throw new Error(`exit status ${status}`);
}

// An index of these paths and articles, a writable server and a desk over it with these options.
// close() ends all of it.
export async function startDesk({ paths = [], articles = [], deskOptions = [] }) {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-browser-"));
  const made = join(folder, "made.jsonl");
  writeFileSync(made, articles.map((article) => JSON.stringify(article) + "\n").join(""));
  const sources = articles.length === 0 ? paths : [...paths, made];
  const built = spawnSync(join(BIN, "broadsheet-indexer"),
    ["build", "--force", "--index", join(folder, "index"), ...sources]);
  if (built.status > 1) throw new Error(String(built.stderr));
  const server = await startListening("broadsheetd",
    ["--index", join(folder, "index"), "--listen", "127.0.0.1:0", "--writable"]);
  const desk = await startListening("broadsheet-desk",
    ["--server", server.address, "--listen", "127.0.0.1:0", ...deskOptions]);
  return {
    url: `http://${desk.address}`,
    put(article) {
      const put = spawnSync(join(BIN, "broadsheet"), ["--server", server.address, "put", "-"],
        { input: JSON.stringify(article) });
      if (put.status !== 0) throw new Error(String(put.stderr));
    },
    async close() {
      await stop(desk.child);
      await stop(server.child);
      rmSync(folder, { recursive: true });
    },
  };
}

export function startBrowser() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: process.getuid() === 0 ? ["--no-sandbox"] : [] });
}

// A page that collects what the browser complains about: errors of scripts, and what the policy
// forbids. `faults` stays empty on a page that is as it should be.
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  const watch = (watched) => {
    watched.on("pageerror", (error) => faults.push(error.message));
    watched.on("dialog", (dialog) => { faults.push(dialog.message()); dialog.dismiss(); });
    watched.on("console", (message) => {
      // The browser says so of every answer with an error's status.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
        faults.push(message.text());
      }
    });
  };
  watch(page);
  context.on("page", watch);
  return { page, context, faults };
}
