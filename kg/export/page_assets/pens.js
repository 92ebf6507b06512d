/* Pens that draw on a canvas; `svgPen` in save.js has the same strokes. */

function canvasPen(ctx) {
  return {
    measure: (text, font) => { ctx.font = font; return ctx.measureText(text).width; },
    curves(list, style) {
      ctx.globalAlpha = style.alpha;
      ctx.strokeStyle = style.stroke;
      ctx.lineWidth = style.width;
      ctx.setLineDash(style.dashes);
      for (const [a, b, c] of list) { // one by one: many lines in one path are slower where there is no GPU
        ctx.beginPath();
        ctx.moveTo(a[0], a[1]);
        if (isStraight(a, b, c)) ctx.lineTo(c[0], c[1]);
        else ctx.quadraticCurveTo(b[0], b[1], c[0], c[1]);
        ctx.stroke();
      }
    },
    arrows(list, style) {
      ctx.globalAlpha = style.alpha;
      ctx.fillStyle = style.stroke;
      for (const [a, b, c] of list) {
        ctx.beginPath();
        ctx.moveTo(a[0], a[1]);
        ctx.lineTo(b[0], b[1]);
        ctx.lineTo(c[0], c[1]);
        ctx.fill();
      }
    },
    shape(corners, circle, style) {
      ctx.globalAlpha = style.alpha;
      ctx.beginPath();
      if (corners) {
        corners.forEach(([x, y], at) => (at ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
        ctx.closePath();
      } else ctx.arc(circle.x, circle.y, circle.r, 0, 2 * Math.PI);
      if (style.fill) {
        ctx.fillStyle = style.fill;
        ctx.fill();
      }
      if (!style.stroke) return;
      ctx.setLineDash(style.dashes || []);
      ctx.lineWidth = style.width;
      ctx.strokeStyle = style.stroke;
      ctx.stroke();
    },
    box(x, y, width, height, colour, alpha) {
      ctx.globalAlpha = alpha;
      ctx.fillStyle = colour;
      ctx.fillRect(x, y, width, height);
    },
    text(text, x, y, style) {
      ctx.globalAlpha = style.alpha;
      ctx.font = style.font;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.setLineDash([]);
      if (style.halo) {
        ctx.lineJoin = "round";
        ctx.lineWidth = 4;
        ctx.strokeStyle = style.halo;
        ctx.strokeText(text, x, y);
      }
      ctx.fillStyle = style.fill;
      ctx.fillText(text, x, y);
    },
  };
}

/** Thousands of lines and dots at once, for a canvas only. */
function crowdPen(ctx) {
  return {
    ...canvasPen(ctx),
    crowd(edges) {
      for (const standing of STANDINGS) {
        ctx.globalAlpha = picture.focus ? 0.1 : 0.3;
        ctx.strokeStyle = ink[standing];
        ctx.lineWidth = 0.8;
        ctx.setLineDash([]);
        ctx.beginPath();
        for (const edge of edges) {
          if (edge.standing !== standing) continue;
          ctx.moveTo(edge.from.px * camera.k + camera.x, edge.from.py * camera.k + camera.y);
          ctx.lineTo(edge.to.px * camera.k + camera.x, edge.to.py * camera.k + camera.y);
        }
        ctx.stroke();
      }
    },
    dots(nodes) {
      for (const type of model.types) {
        ctx.fillStyle = type.fill;
        for (const node of nodes) {
          if (node.type !== type) continue;
          const { x, y } = onScreen(node);
          const r = Math.min(2.4, Math.max(0.8, node.size * camera.k));
          ctx.globalAlpha = picture.focus && !picture.focus.nodes.has(node) ? 0.25 : 1;
          ctx.fillRect(x - r, y - r, 2 * r, 2 * r);
        }
      }
      for (const node of nodes) if (node === state.node || node === state.hover) paintNode(this, node);
    },
  };
}
