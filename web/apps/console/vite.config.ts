import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: { target: "es2022", manifest: true, chunkSizeWarningLimit: 1200 },
  server: { proxy: { "/api": process.env.LINGQU_ADDRESS ?? "http://127.0.0.1:8620" } },
});
