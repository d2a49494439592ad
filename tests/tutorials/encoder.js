// Draws the frames of a recording and encodes them as VP9; evaluated on an empty page of the browser that filmed.
// Each frame: when it is shown, which picture, where the finger is and whether it presses, which step it is.
async ({ pictures, frames, width, height, band, steps, look }) => {
  const drawn = await Promise.all(pictures.map(async (png) => createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob())));
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d", { alpha: false });
  const text = (bytes) => { let all = ""; for (const one of bytes) all += String.fromCharCode(one); return btoa(all); };
  const chunks = [], troubles = [];
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      chunks.push({ at: Math.round(chunk.timestamp / 1000), key: chunk.type === "key", data: text(bytes) });
    },
    error: (trouble) => troubles.push(String(trouble)),
  });
  encoder.configure({ codec: "vp09.00.31.08", width, height, bitrateMode: "quantizer", latencyMode: "quality", framerate: 12 });
  const draw = ({ picture, finger, pressed, step }) => {
    pen.fillStyle = look.ground;
    pen.fillRect(0, 0, width, band);
    const part = width / steps;
    for (let n = 0; n < steps; n++) {
      pen.fillStyle = n === step ? look.now : n < step ? look.done : look.todo;
      pen.fillRect(n * part + 2, band - 8, part - 4, 6);
    }
    pen.drawImage(drawn[picture], 0, band, width, height - band);
    if (!finger) return;
    const size = width > height ? 16 : 26;
    pen.beginPath();
    pen.arc(finger[0], band + finger[1], pressed ? size * 0.75 : size, 0, 7);
    pen.fillStyle = pressed ? look.pressed : look.finger;
    pen.fill();
    pen.lineWidth = 4;
    pen.strokeStyle = look.edge;
    pen.stroke();
  };
  for (const [n, frame] of frames.entries()) {
    draw(frame);
    const image = new VideoFrame(canvas, { timestamp: frame.at * 1000 });
    encoder.encode(image, { keyFrame: n === 0, vp9: { quantizer: look.quantizer } });
    image.close();
    if (encoder.encodeQueueSize > 20) await new Promise((go) => setTimeout(go, 20));
  }
  await encoder.flush();
  draw(frames[0]);
  const poster = text(new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer()));
  return { chunks, troubles, poster };
}
