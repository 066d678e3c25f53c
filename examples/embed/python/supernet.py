"""A PyTorch super-network of your own as a metric: kernels and widths are cut out of shared weights, nas searches the cuts."""
import nas
import torch
import torch.nn.functional as F

SCRIPT = """def space mini() {
  input = image(channels = 1, size = 8)
  kernel = choice(1, 3, 5, 7)
  width = choice(2, 4, 8, 16)
  conv(kernel = kernel, out = width)
  head = linear(2)
}
space net = mini()
objective maximize accuracy from supernet(images = 512)
objective minimize macs
search front = nsga2(population = 8, generations = 4) with direct()
"""
torch.manual_seed(0)
x = torch.randn(1024, 1, 8, 8)
y = (F.avg_pool2d(x, 3, 1).amax((1, 2, 3)) > 0.9).long()  # is there a bright patch?
conv, head = (torch.randn(16, 1, 7, 7) / 7).requires_grad_(), (torch.randn(2, 16) / 4).requires_grad_()
def forward(x, kernel, width):
    cut = slice((7 - kernel) // 2, (7 + kernel) // 2)
    return F.linear(F.relu(F.conv2d(x, conv[:width, :, cut, cut], padding=kernel // 2)).amax((2, 3)), head[:, :width])
optimizer = torch.optim.Adam([conv, head], 0.02)
for step in range(200):  # the largest, the smallest and two random cuts at a time
    optimizer.zero_grad()
    for k, w in [(7, 16), (1, 2)] + [(1 + 2 * int(torch.randint(4, ())), 2 ** int(torch.randint(1, 5, ()))) for _ in range(2)]:
        F.cross_entropy(forward(x[:512], k, w), y[:512]).backward()
    optimizer.step()
@nas.metric("accuracy", version="weights of seed 0")
def supernet(batch, images: int = 100):
    with torch.no_grad():
        return [(forward(x[512:512 + images], **o).argmax(1) == y[512:512 + images]).float().mean().item() for o in batch.options]
front = nas.run_text(SCRIPT, metrics=[supernet])["front"]
print(f"{front.rows} networks, the best has {front['accuracy'][0]:.1f} % and {front['macs'][0] * 1e6:.0f} operations")
