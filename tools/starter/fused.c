/* The element-wise parts of GPT-2's training step on bfloat16, fused.
 *
 * With AMX the matrix products are so fast that PyTorch's separate passes for GELU, softmax
 * and cross-entropy take most of a step. Each function here reads and writes its data once.
 * fused.py compiles this file, calls it through ctypes, and holds the formulas' derivations
 * to PyTorch's own operations (test_fused.py).
 *
 * All arithmetic is float32; bf16 is the upper half of a float, rounded to nearest even.
 */
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef uint16_t bf16;

static inline float up(bf16 h) {
    uint32_t u = (uint32_t)h << 16;
    float f;
    memcpy(&f, &u, 4);
    return f;
}

static inline bf16 down(float f) {
    uint32_t u;
    memcpy(&u, &f, 4);
    return (bf16)((u + 0x7fff + ((u >> 16) & 1)) >> 16);
}

/* tanh GELU as x * sigmoid(2 sqrt(2/pi) (x + 0.044715 x^3)), which is the same function. */
#define GELU_A 1.5957691216057308f
#define GELU_B 0.044715f
#define BLOCK 4096

/* The exponent is held below infinity: the vector reciprocal that -ffast-math allows makes 1 / inf a NaN. */
static inline float gate(float v) {
    return 1.0f / (1.0f + expf(fminf(-GELU_A * (v + GELU_B * v * v * v), 80.0f)));
}

void gelu_forward(const bf16 *x, bf16 *y, int64_t n) {
#pragma omp parallel for schedule(static)
    for (int64_t start = 0; start < n; start += BLOCK) {
        int64_t end = start + BLOCK < n ? start + BLOCK : n;
        for (int64_t i = start; i < end; i++) {
            float v = up(x[i]);
            float s = gate(v);
            y[i] = down(v * s);
        }
    }
}

/* dx = dy * (s + x s (1 - s) 2 sqrt(2/pi) (1 + 3 * 0.044715 x^2)) */
void gelu_backward(const bf16 *x, const bf16 *dy, bf16 *dx, int64_t n) {
#pragma omp parallel for schedule(static)
    for (int64_t start = 0; start < n; start += BLOCK) {
        int64_t end = start + BLOCK < n ? start + BLOCK : n;
        for (int64_t i = start; i < end; i++) {
            float v = up(x[i]);
            float s = gate(v);
            float slope = s + v * s * (1.0f - s) * GELU_A * (1.0f + 3.0f * GELU_B * v * v);
            dx[i] = down(up(dy[i]) * slope);
        }
    }
}

/* In place: rows of `matrices` [T, T] score matrices, row t over its first t + 1 entries; the rest become 0. */
void causal_softmax_forward(bf16 *s, int64_t matrices, int64_t T, float scale) {
#pragma omp parallel for schedule(static)
    for (int64_t m = 0; m < matrices; m++) {
        float e[T];
        for (int64_t t = 0; t < T; t++) {
            bf16 *row = s + (m * T + t) * T;
            float most = -FLT_MAX, sum = 0.0f;
            for (int64_t i = 0; i <= t; i++) most = fmaxf(most, up(row[i]));
            for (int64_t i = 0; i <= t; i++) {
                e[i] = expf(scale * (up(row[i]) - most));
                sum += e[i];
            }
            float inverse = 1.0f / sum;
            for (int64_t i = 0; i <= t; i++) row[i] = down(e[i] * inverse);
            memset(row + t + 1, 0, (T - t - 1) * sizeof(bf16));
        }
    }
}

/* In place on dp: ds = scale * p * (dp - sum(p dp)); p holds 0 above the diagonal. */
void causal_softmax_backward(const bf16 *p, bf16 *dp, int64_t matrices, int64_t T, float scale) {
#pragma omp parallel for schedule(static)
    for (int64_t m = 0; m < matrices; m++) {
        for (int64_t t = 0; t < T; t++) {
            const bf16 *prow = p + (m * T + t) * T;
            bf16 *drow = dp + (m * T + t) * T;
            float dot = 0.0f;
            for (int64_t i = 0; i <= t; i++) dot += up(prow[i]) * up(drow[i]);
            for (int64_t i = 0; i <= t; i++) drow[i] = down(scale * up(prow[i]) * (up(drow[i]) - dot));
            memset(drow + t + 1, 0, (T - t - 1) * sizeof(bf16));
        }
    }
}

/* In place: logits z [rows, V] become the gradient (softmax(z) - onehot) * weight; loss[r] in nats. */
void cross_entropy(bf16 *z, const int64_t *targets, float *loss, int64_t rows, int64_t V, float weight) {
#pragma omp parallel for schedule(static)
    for (int64_t r = 0; r < rows; r++) {
        bf16 *row = z + r * V;
        float e[V];
        float most = -FLT_MAX, sum = 0.0f;
        for (int64_t i = 0; i < V; i++) most = fmaxf(most, up(row[i]));
        for (int64_t i = 0; i < V; i++) {
            e[i] = expf(up(row[i]) - most);
            sum += e[i];
        }
        int64_t target = targets[r];
        loss[r] = logf(sum) + most - up(row[target]);
        float inverse = weight / sum;
        for (int64_t i = 0; i < V; i++) row[i] = down(e[i] * inverse);
        row[target] = down(e[target] * inverse - weight);
    }
}
